Attribute VB_Name = "PgLayout"
' Loops over cells and formats of the open workbook. Each of these steps would be a call across
' the process border if Python made it, about a millisecond; here it is nothing. What the answers
' mean and what is to be done is decided in Python (perfgoals_xl/excel/session/sheet_layout.py, live_highlights.py).
Option Explicit

Private Const MAX_ROWS As Long = 20000
Private Const MAX_COLUMNS As Long = 200

Private Const PART As Long = 30000

Private told As String
Private kept As String

' What a sheet holds besides its values, one item a line, its parts separated by tabs:
'   S  name  last row  last column  visible  begins a sheet; -1 where it has a tab
'   M  A1:C3                           a merged area
'   F  D5  number format  exact value  a number or date that is not General; the value is there
'                                      only where Excel would hand it over as Currency (4 decimals)
' Gives back the length of that text, which ends with a line "E"; PgLayoutPart hands it over in
' pieces, because Excel passes no longer text than a cell can hold.
Public Function PgBookLayout(bookName As String) As Long
    Dim book As Object, all As String, n As Long
    ' Called from outside, an error here would stop Excel with a dialog; Python can do without.
    On Error GoTo failed
    Set book = Workbooks(bookName)
    For n = 1 To book.Worksheets.Count
        ' Sheet by sheet: a text that grows by one long piece is copied less often.
        told = ""
        DescribeSheet book.Worksheets(n)
        all = all & told
    Next n
    kept = all & "E" & vbLf
    PgBookLayout = Len(kept)
failed:
    told = ""
End Function

Public Function PgLayoutPart(ByVal first As Double) As String
    PgLayoutPart = Mid$(kept, CLng(first), PART)
End Function

Private Sub AddLine(text As String)
    told = told & text & vbLf
End Sub

Private Sub DescribeSheet(sheet As Object)
    Dim used As Object, lastRow As Long, lastColumn As Long, r As Long
    Set used = sheet.UsedRange
    lastRow = used.Row + used.Rows.Count - 1
    lastColumn = used.Column + used.Columns.Count - 1
    ' Whole columns that were formatted make a used range of a million empty rows.
    If lastColumn > MAX_COLUMNS Then lastColumn = MAX_COLUMNS
    If lastRow > 200 Then lastRow = LastFilledRow(sheet, lastRow, lastColumn)
    If lastRow > MAX_ROWS Then lastRow = MAX_ROWS
    AddLine "S" & vbTab & sheet.Name & vbTab & lastRow & vbTab & lastColumn & vbTab & sheet.Visible
    For r = 1 To lastRow
        DescribeRow sheet, r, lastColumn
    Next r
End Sub

Private Function LastFilledRow(sheet As Object, ByVal lastRow As Long, lastColumn As Long) As Long
    Dim low As Long, middle As Long
    low = 1
    Do While low < lastRow
        middle = (low + lastRow + 1) \ 2
        If Application.WorksheetFunction.CountA(sheet.Range(sheet.Cells(middle, 1), sheet.Cells(lastRow, lastColumn))) > 0 Then
            low = middle
        Else
            lastRow = middle - 1
        End If
    Loop
    LastFilledRow = low
End Function

Private Sub DescribeRow(sheet As Object, r As Long, lastColumn As Long)
    Dim area As Object, cell As Object, merged As Variant, values As Variant, c As Long
    Set area = sheet.Range(sheet.Cells(r, 1), sheet.Cells(r, lastColumn))
    merged = area.MergeCells
    ' Null: some cells of the row are merged and some are not.
    If IsNull(merged) Then merged = True
    values = area.Value
    For c = 1 To lastColumn
        If merged Then
            Set cell = sheet.Cells(r, c)
            If cell.MergeCells Then
                Set cell = cell.MergeArea
                If cell.Row = r And cell.Column = c Then
                    AddLine "M" & vbTab & cell.Address(False, False)
                End If
            End If
        End If
        If IsArray(values) Then
            DescribeNumber sheet, r, c, values(1, c)
        Else
            DescribeNumber sheet, r, c, values
        End If
    Next c
End Sub

Private Sub DescribeNumber(sheet As Object, r As Long, c As Long, value As Variant)
    Dim cell As Object, exact As String, code As String
    Select Case VarType(value)
        Case vbCurrency
            Set cell = sheet.Cells(r, c)
            exact = Trim$(Str$(cell.Value2))
        Case vbDouble, vbDate
            Set cell = sheet.Cells(r, c)
        Case Else
            Exit Sub
    End Select
    code = cell.NumberFormat
    If code <> "General" Or exact <> "" Then
        AddLine "F" & vbTab & cell.Address(False, False) & vbTab & code & vbTab & exact
    End If
End Sub

' Sees to it that sheets have their highlight formats and no older ones of ours. One order a line:
' sheet, area to cover, area that must be covered (older formats that do so may stay), then colour
' and formula of each format, separated by tabs. Ours are known by the marker in their formulas;
' formats of the staff are not touched and stand above ours.
' Gives back the names of the sheets that refused, separated by tabs.
Public Function PgHighlight(bookName As String, marker As String, orders As String) As String
    Dim book As Object, order As Variant, parts As Variant, refused As String
    On Error GoTo failed
    Set book = Workbooks(bookName)
    For Each order In Split(orders, vbLf)
        parts = Split(order, vbTab)
        If Not HighlightSheet(book.Worksheets(parts(0)), marker, parts) Then
            If refused <> "" Then refused = refused & vbTab
            refused = refused & parts(0)
        End If
    Next order
    PgHighlight = refused
    Exit Function
failed:
    PgHighlight = "?"
End Function

Private Function HighlightSheet(sheet As Object, marker As String, parts As Variant) As Boolean
    Dim formats As Object, made As Object, n As Long
    On Error GoTo refuse
    Set formats = sheet.Cells.FormatConditions
    If Not HasExactly(sheet, formats, marker, parts) Then
        For n = formats.Count To 1 Step -1
            If InStr(FormulaOf(formats, n), marker) > 0 Then formats(n).Delete
        Next n
        For n = 3 To UBound(parts) - 1 Step 2
            Set made = sheet.Range(parts(1)).FormatConditions.Add(Type:=2, Formula1:=parts(n + 1))
            made.Interior.Color = CLng(parts(n))
            made.StopIfTrue = False
        Next n
    End If
    HighlightSheet = True
refuse:
End Function

Private Function HasExactly(sheet As Object, formats As Object, marker As String, parts As Variant) As Boolean
    Dim n As Long, k As Long, ours As Long, matched As Long, formula As String
    For n = 1 To formats.Count
        formula = FormulaOf(formats, n)
        If InStr(formula, marker) > 0 Then
            ours = ours + 1
            For k = 4 To UBound(parts) Step 2
                If formula = parts(k) And Covers(formats(n), sheet.Range(parts(2))) Then matched = matched + 1
            Next k
        End If
    Next n
    HasExactly = (ours = matched And matched = (UBound(parts) - 2) \ 2)
End Function

Private Function Covers(item As Object, area As Object) As Boolean
    Dim both As Object
    ' What cannot be told is made anew.
    On Error Resume Next
    Set both = Application.Intersect(item.AppliesTo, area)
    If Not both Is Nothing Then Covers = both.CountLarge >= area.CountLarge
End Function

Private Function FormulaOf(formats As Object, n As Long) As String
    ' Colour scales and icon sets have no formula: reading it is an error.
    On Error Resume Next
    FormulaOf = formats(n).Formula1
End Function
