Attribute VB_Name = "PgValues"
' The values of worksheet functions on their way to Python and back.
Option Explicit
Option Private Module

' An array that a function gives back may hold no longer texts in some versions of Excel.
Private Const LONGEST As Long = 255

' An argument as Python is to see it: a range as its values, a percentage as it is shown (95%), an
' amount in a currency format exactly, an error as its text (#N/A). What is missing stays missing.
Public Function PgArg(Optional ByVal given As Variant) As Variant
    If IsMissing(given) Then
        PgArg = given
    ElseIf IsObject(given) Then
        PgArg = RangeValues(given)
    ElseIf IsArray(given) Then
        PgArg = PgEach(given, True)
    Else
        PgArg = Sent(given)
    End If
End Function

' What Python returned as Excel is to see it: the text of an error as that error, nothing as "".
Public Function PgResult(ByVal given As Variant) As Variant
    If IsArray(given) Then
        PgResult = PgEach(given, False)
    Else
        PgResult = Received(given, False)
    End If
End Function

' An array of one or two dimensions with every item translated.
Private Function PgEach(ByVal items As Variant, ByVal sending As Boolean) As Variant
    Dim row As Long
    Dim column As Long
    If IsFlat(items) Then
        For row = LBound(items) To UBound(items)
            If sending Then items(row) = Sent(items(row)) Else items(row) = Received(items(row), True)
        Next row
    Else
        For row = LBound(items, 1) To UBound(items, 1)
            For column = LBound(items, 2) To UBound(items, 2)
                If sending Then
                    items(row, column) = Sent(items(row, column))
                Else
                    items(row, column) = Received(items(row, column), True)
                End If
            Next column
        Next row
    End If
    PgEach = items
End Function

Private Function IsFlat(ByVal items As Variant) As Boolean
    Dim last As Long
    On Error GoTo flat
    last = UBound(items, 2)
    Exit Function
flat:
    IsFlat = True
End Function

Private Function Sent(ByVal item As Variant) As Variant
    If IsError(item) Then Sent = ErrorText(item) Else Sent = item
End Function

Private Function Received(ByVal item As Variant, ByVal cut As Boolean) As Variant
    Received = item
    If IsNull(item) Or IsEmpty(item) Then
        Received = ""
    ElseIf VarType(item) = vbString Then
        If Left$(item, 1) = "#" Then Received = ErrorOfText(item)
        If cut And Len(item) > LONGEST Then Received = Left$(item, LONGEST - 1) & ChrW(8230)
    End If
End Function

Private Function RangeValues(ByVal cells As Range) As Variant
    Dim used As Range
    If cells.Areas.Count > 1 Then
        RangeValues = StackedValues(cells)
        Exit Function
    End If
    Set used = UsedPart(cells)
    If used.CountLarge = 1 Then
        RangeValues = CellValue(used.Value, used.NumberFormat, used)
    Else
        RangeValues = BlockValues(used)
    End If
End Function

Private Function BlockValues(ByVal block As Range) As Variant
    Dim items As Variant
    Dim format As Variant
    Dim oneFormat As Boolean
    Dim cell As Range
    Dim row As Long
    Dim column As Long
    items = block.Value
    ' Null where the cells differ.
    format = block.NumberFormat
    oneFormat = Not IsNull(format)
    For row = 1 To UBound(items, 1)
        For column = 1 To UBound(items, 2)
            Select Case VarType(items(row, column))
                Case vbEmpty, vbString, vbBoolean, vbDate
                Case Else
                    Set cell = block.cells(row, column)
                    If Not oneFormat Then format = cell.NumberFormat
                    items(row, column) = CellValue(items(row, column), format, cell)
            End Select
        Next column
    Next row
    BlockValues = items
End Function

' The cells of several areas, =PG_COST_GAP((D5,D9),D2), one below the other.
Private Function StackedValues(ByVal cells As Range) As Variant
    Dim items() As Variant
    Dim area As Range
    Dim cell As Range
    Dim count As Long
    For Each area In cells.Areas
        count = count + UsedPart(area).CountLarge
    Next area
    ReDim items(1 To count, 1 To 1)
    count = 0
    For Each area In cells.Areas
        For Each cell In UsedPart(area).cells
            count = count + 1
            items(count, 1) = CellValue(cell.Value, cell.NumberFormat, cell)
        Next cell
    Next area
    StackedValues = items
End Function

' Whole columns and rows (A:A) end where the sheet's contents end.
Private Function UsedPart(ByVal cells As Range) As Range
    Dim rows As Long
    Dim columns As Long
    rows = cells.rows.Count
    columns = cells.columns.Count
    With cells.Worksheet
        If rows = .rows.Count Then
            rows = AtLeastOne(.UsedRange.row + .UsedRange.rows.Count - cells.row)
        End If
        If columns = .columns.Count Then
            columns = AtLeastOne(.UsedRange.column + .UsedRange.columns.Count - cells.column)
        End If
    End With
    Set UsedPart = cells.Resize(rows, columns)
End Function

Private Function AtLeastOne(ByVal count As Long) As Long
    AtLeastOne = count
    If count < 1 Then AtLeastOne = 1
End Function

Private Function CellValue( _
    ByVal item As Variant, ByVal format As Variant, ByVal cell As Range _
) As Variant
    CellValue = item
    If IsError(item) Then
        CellValue = ErrorText(item)
    ElseIf VarType(item) = vbCurrency Then
        ' VBA's Currency has four decimals, the cell may have six.
        CellValue = cell.Value2
    ElseIf VarType(item) = vbDouble Then
        If ShowsPercent(format) Then CellValue = PercentText(item)
    End If
End Function

' Does a number format show percentages? A sign in quotation marks or behind \ does not count.
Private Function ShowsPercent(ByVal format As String) As Boolean
    Dim at As Long
    Dim quoted As Boolean
    If InStr(format, "%") = 0 Then Exit Function
    at = 1
    Do While at <= Len(format)
        Select Case Mid$(format, at, 1)
            Case """"
                quoted = Not quoted
            Case "\"
                If Not quoted Then at = at + 1
            Case "%"
                If Not quoted Then
                    ShowsPercent = True
                    Exit Function
                End If
        End Select
        at = at + 1
    Loop
End Function

' 0.955 as 95.5%, whatever the sign of decimals on this computer.
Private Function PercentText(ByVal number As Double) As String
    Dim digits As String
    digits = Replace(CStr(CDec(number) * 100), Mid$(CStr(1.5), 2, 1), ".")
    If InStr(digits, ".") > 0 Then
        Do While Right$(digits, 1) = "0"
            digits = Left$(digits, Len(digits) - 1)
        Loop
        If Right$(digits, 1) = "." Then digits = Left$(digits, Len(digits) - 1)
    End If
    PercentText = digits & "%"
End Function

Private Function ErrorText(ByVal item As Variant) As String
    Select Case CLng(item)
        Case xlErrDiv0: ErrorText = "#DIV/0!"
        Case xlErrName: ErrorText = "#NAME?"
        Case xlErrNA: ErrorText = "#N/A"
        Case xlErrNull: ErrorText = "#NULL!"
        Case xlErrNum: ErrorText = "#NUM!"
        Case xlErrRef: ErrorText = "#REF!"
        Case Else: ErrorText = "#VALUE!"
    End Select
End Function

Private Function ErrorOfText(ByVal text As String) As Variant
    Select Case text
        Case "#DIV/0!": ErrorOfText = CVErr(xlErrDiv0)
        Case "#NAME?": ErrorOfText = CVErr(xlErrName)
        Case "#N/A": ErrorOfText = CVErr(xlErrNA)
        Case "#NULL!": ErrorOfText = CVErr(xlErrNull)
        Case "#NUM!": ErrorOfText = CVErr(xlErrNum)
        Case "#REF!": ErrorOfText = CVErr(xlErrRef)
        Case "#VALUE!": ErrorOfText = CVErr(xlErrValue)
        Case Else: ErrorOfText = text
    End Select
End Function
