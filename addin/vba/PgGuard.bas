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
    ' Excel on macOS may not look into the folders where Python is.
    #If Not Mac Then
        place = GetConfig("INTERPRETER_WIN", "", "user")
        If Not FileExists(place) Then PgStartFault = TextNoInterpreter() & vbLf & place
    #End If
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
