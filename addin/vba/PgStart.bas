Attribute VB_Name = "PgStart"
' Tells Excel what the worksheet functions do, for its function wizard.
Option Explicit

Private Const FIRST_SECONDS As Long = 1
Private Const NEXT_SECONDS As Long = 10
Private Const MOST_TRIES As Long = 360

Private mTries As Long
Private mNext As Date

Public Sub Auto_Open()
    mTries = 0
    Schedule FIRST_SECONDS
End Sub

' Excel would open the add-in again for what is still scheduled when it is closed.
Public Sub Auto_Close()
    On Error Resume Next
    If mNext <> 0 Then Application.OnTime mNext, Describer(), , False
    mNext = 0
End Sub

' Excel describes no function while no workbook is to be seen, which is so when the add-in opens.
Public Sub PgDescribeWhenReady()
    mNext = 0
    mTries = mTries + 1
    If Not ActiveWindow Is Nothing Then
        PgDescribeFunctions
    ElseIf mTries < MOST_TRIES Then
        Schedule NEXT_SECONDS
    End If
End Sub

' Called by the generated PgDescribeFunctions for each function.
Public Sub PgDescribe(ByVal macro As String, ByVal about As String, ByVal arguments As Variant)
    ' A function without its description still calculates.
    On Error Resume Next
    Application.MacroOptions macro:=macro, Description:=about, Category:=TextCategory(), _
        ArgumentDescriptions:=arguments
End Sub

Private Sub Schedule(ByVal seconds As Long)
    On Error Resume Next
    mNext = Now + TimeSerial(0, 0, seconds)
    Application.OnTime mNext, Describer()
End Sub

Private Function Describer() As String
    Describer = "'" & ThisWorkbook.Name & "'!PgDescribeWhenReady"
End Function
