Attribute VB_Name = "PgRibbon"
' The callbacks of the ribbon (customUI14.xml): one per button, each of them one call into Python.
Option Explicit

Private Const MACROS As String = "perfgoals_xl.excel.macros"

Private mCalculation As Long

Public Sub PgNewWorkbook(control As IRibbonControl)
    RunAnywhere "import perfgoals_xl.excel.macros as m; m.new_workbook()"
End Sub

Public Sub PgAddProjectSheet(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.add_project_sheet()"
End Sub

Public Sub PgInsertIndicatorRow(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.insert_indicator_row()"
End Sub

Public Sub PgImportFiles(control As IRibbonControl)
    RunAnywhere "import perfgoals_xl.excel.macros as m; m.import_files()"
End Sub

Public Sub PgValidateSheet(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.validate_sheet()"
End Sub

Public Sub PgValidateBook(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.validate_book()"
End Sub

Public Sub PgPreviousFinding(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.previous_finding()"
End Sub

Public Sub PgNextFinding(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.next_finding()"
End Sub

Public Sub PgClearMarks(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.clear_marks()"
End Sub

Public Sub PgConfirmFindings(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.confirm_findings()"
End Sub

Public Sub PgOpenRules(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.open_rules()"
End Sub

Public Sub PgConsolidate(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.consolidate()"
End Sub

Public Sub PgNewEvaluation(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.new_evaluation()"
End Sub

Public Sub PgNewMonitoring(control As IRibbonControl)
    RunOnBook "import perfgoals_xl.excel.macros as m; m.new_monitoring()"
End Sub

Public Sub PgShowFunctions(control As IRibbonControl)
    RunAnywhere "import perfgoals_xl.excel.macros as m; m.show_functions()"
End Sub

Public Sub PgOpenHelp(control As IRibbonControl)
    RunAnywhere "import perfgoals_xl.excel.macros as m; m.open_help()"
End Sub

Public Sub PgDiagnose(control As IRibbonControl)
    RunAnywhere "import perfgoals_xl.excel.macros as m; m.diagnose()"
End Sub

' For what works on the workbook that is open.
Private Sub RunOnBook(ByVal command As String)
    If ActiveWorkbook Is Nothing Then
        PgTell TextNoWorkbook()
    Else
        RunEntry command
    End If
End Sub

' For what needs no workbook: RunPython does, so that it gets an empty one, which goes again.
Private Sub RunAnywhere(ByVal command As String)
    Dim added As Workbook
    If ActiveWorkbook Is Nothing Then Set added = EmptyWorkbook()
    RunOnBook command
    If Not added Is Nothing Then CloseUnused added
End Sub

Private Sub RunEntry(ByVal command As String)
    Dim fault As String
    Dim number As Long
    On Error GoTo failed
    fault = PgStartFault()
    If fault <> "" Then
        PgTell fault
        Exit Sub
    End If
    #If Not Mac Then
        ' What keeps Python or the package from starting ends up in the handler below. From within
        ' RunPython, xlwings would show a traceback.
        XLPy.Module MACROS
    #End If
    mCalculation = Application.Calculation
    ' -1: Python ended in the middle, and xlwings has told so.
    If RunPython(command) = -1 Then
        RestoreScreen
    Else
        TellResult
    End If
    Exit Sub
failed:
    ' A call may clear Err.
    number = Err.Number
    fault = Err.Description
    RestoreScreen
    PgTell TextCannotStart() & vbLf & PgFirstLine(fault) & " (" & number & ")"
End Sub

' What Python has to say, once it is done: while it waited for the user to read, Excel would say
' again and again that it waits for another application.
Private Sub TellResult()
    #If Not Mac Then
        Dim said As String
        said = XLPy.Str(XLPy.Call(XLPy.Module(MACROS), "take_message"))
        If Left$(said, 1) = "!" Then
            PgTell Mid$(said, 2)
        ElseIf said <> "" Then
            PgInform said
        End If
    #End If
End Sub

' Python puts these back itself, unless it was ended from outside.
Private Sub RestoreScreen()
    On Error Resume Next
    Application.StatusBar = False
    Application.ScreenUpdating = True
    Application.EnableEvents = True
    If mCalculation <> 0 Then Application.Calculation = mCalculation
End Sub

Private Function EmptyWorkbook() As Workbook
    On Error Resume Next
    Set EmptyWorkbook = Workbooks.Add
End Function

' Python on macOS is still at work when RunPython returns: the workbook stays.
Private Sub CloseUnused(ByVal added As Workbook)
    #If Not Mac Then
        On Error Resume Next
        If added.Saved Then added.Close False
    #End If
End Sub
