Attribute VB_Name = "PgGuard"
' What VBA itself can see and say where Python cannot be started.
Option Explicit
Option Private Module

' Why Python cannot be started, as a text for the user; "" where nothing stands in its way.
Public Function PgStartFault() As String
    Dim place As String
    place = GetConfigFilePath()
    If Not FileExists(place) Then
        PgStartFault = TextNotInstalled() & vbLf & place
        Exit Function
    End If
    #If Mac Then
        ' Excel may not look into the folders where Python is. The name of the workbook goes
        ' through a shell, which would run what stands in it.
        If PgIsForShell(ActiveWorkbook.Name) Then
            PgStartFault = TextUnsafeName() & vbLf & ActiveWorkbook.Name
        End If
    #Else
        place = GetConfig("INTERPRETER_WIN", "", "user")
        If Not FileExists(place) Then PgStartFault = TextNoInterpreter() & vbLf & place
    #End If
End Function

' Whether a name has a sign that means something to a shell within quotes, or that parts what
' xlwings hands over ("|").
Public Function PgIsForShell(ByVal name As String) As Boolean
    Dim at As Long
    For at = 1 To Len(name)
        If InStr("""$`\|" & vbCr & vbLf, Mid$(name, at, 1)) > 0 Then PgIsForShell = True
    Next at
End Function

Public Sub PgTell(ByVal message As String)
    MsgBox message, vbExclamation, TextTitle()
End Sub

Public Sub PgInform(ByVal message As String)
    MsgBox message, vbInformation, TextTitle()
End Sub

' The first line of an error's text: the lines behind it may be a traceback.
Public Function PgFirstLine(ByVal text As String) As String
    Dim lines As Variant
    lines = Split(Replace(text, vbCr, vbLf) & vbLf, vbLf)
    PgFirstLine = Left$(lines(0), 200)
End Function
