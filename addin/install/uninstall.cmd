@echo off
rem Takes the perfgoals add-in out of Excel, the right click, the icon and all files off this PC:
rem double-click.
rem Logs under %USERPROFILE%\.perfgoals are kept. Pure ASCII: see install.cmd.
rem
rem uninstall.cmd /quiet waits for no key.
setlocal EnableExtensions DisableDelayedExpansion
title perfgoals
set "QUIET="
if /i "%~1"=="/quiet" set "QUIET=1"
set "NoDefaultCurrentDirectoryInExePath=1"
set "PYTHONHOME="
set "PYTHONPATH="
set "PYTHONNOUSERSITE=1"
set "SYSTEM=%SystemRoot%\System32"
if not defined LOCALAPPDATA goto :nothing
set "ROOT=%LOCALAPPDATA%\perfgoals"
set "PY=%ROOT%\python\python.exe"
if not exist "%PY%" set "PY=%ROOT%\python\Scripts\python.exe"
if not exist "%PY%" goto :nothing
rem Not in the folder that is to be deleted.
pushd "%SystemRoot%"

:check_excel
"%SYSTEM%\tasklist.exe" /fi "imagename eq excel.exe" /fo csv /nh 2>nul | "%SYSTEM%\find.exe" /i "excel.exe" >nul
if errorlevel 1 goto :take_out
call :tell excel "Excel is running. Save your work, close all Excel windows, then press a key."
if defined QUIET goto :failed
pause
goto :check_excel

:take_out
"%PY%" -P -m perfgoals_xl addin uninstall || goto :failed
rmdir /s /q "%ROOT%\python"
if exist "%ROOT%\python\" goto :left_over
for %%D in (python.old python.gone) do if exist "%ROOT%\%%D\" rmdir /s /q "%ROOT%\%%D"
call :tell removed "Done. The add-in, the right click and the icon are gone."
if not defined QUIET pause
popd
if exist "%ROOT%\messages\" rmdir /s /q "%ROOT%\messages"
del /q "%ROOT%\perfgoals.cmd" "%ROOT%\*.html" 2>nul
rem One line, read before it runs: it deletes the file that it stands in, and (goto) ends the run.
(goto) 2>nul & del /q "%ROOT%\uninstall.cmd" 2>nul & rmdir "%ROOT%" 2>nul

:left_over
call :tell left_over "The add-in is out of Excel, but some files are in use. Log off and on, delete the folder perfgoals in LOCALAPPDATA."
goto :failed

:nothing
echo.
echo There is nothing to uninstall.
if exist "%~dp0messages\nothing.txt" type "%~dp0messages\nothing.txt"
if not defined QUIET pause
exit /b 0

:failed
popd
if not defined QUIET pause
exit /b 1

:tell
echo.
echo %~2
if exist "%~dp0messages\%~1.txt" type "%~dp0messages\%~1.txt"
exit /b 0
