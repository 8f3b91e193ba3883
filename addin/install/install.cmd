@echo off
rem Puts the perfgoals add-in into Excel on this PC, a right click and an icon on the desktop:
rem double-click. No administrator, no internet. A PC without Excel gets the right click and the icon.
rem
rem Pure ASCII on purpose: cmd.exe reads this file in the code page of the console, which is 936
rem on most Chinese PCs and 65001 on some. What staff read in Chinese comes from Python, which
rem writes to the console in Unicode whatever the code page, and from messages\*.txt, which are
rem UTF-16 with a byte order mark: TYPE writes those in Unicode too. The English lines are for
rem consoles that cannot show it.
rem
rem Everything goes under %LOCALAPPDATA%\perfgoals. Its folder "python" is the Python of this
rem bundle, or else a virtual environment of a Python that the PC has. An older one is kept aside
rem until the new one is in Excel and comes back when something fails.
rem
rem install.cmd /quiet waits for no key.
setlocal EnableExtensions DisableDelayedExpansion
title perfgoals
set "QUIET="
if /i "%~1"=="/quiet" set "QUIET=1"
rem A program of that name in the current folder must not run in place of the ones meant.
set "NoDefaultCurrentDirectoryInExePath=1"
rem Another program's settings for its own Python must not reach ours.
set "PYTHONHOME="
set "PYTHONPATH="
set "PYTHONNOUSERSITE=1"
rem The launcher must not fetch a Python from the internet.
set "PYLAUNCHER_ALLOW_INSTALL="
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set "SYSTEM=%SystemRoot%\System32"
set "POWERSHELL=%SYSTEM%\WindowsPowerShell\v1.0\powershell.exe"

rem pushd and not cd: it also reaches a shared folder of another PC.
pushd "%~dp0" || goto :no_folder
if not exist "wheels\perfgoals_xl-*.whl" goto :inside_zip
if not defined LOCALAPPDATA goto :no_profile
set "ROOT=%LOCALAPPDATA%\perfgoals"
set "NEW=%ROOT%\python"
set "OLD=%ROOT%\python.old"

:check_excel
"%SYSTEM%\tasklist.exe" /fi "imagename eq excel.exe" /fo csv /nh 2>nul | "%SYSTEM%\find.exe" /i "excel.exe" >nul
if errorlevel 1 goto :make_room
call :tell excel "Excel is running. Save your work, close all Excel windows, then press a key."
if defined QUIET goto :end_failed
pause
goto :check_excel

:make_room
if not exist "%ROOT%\" mkdir "%ROOT%" || goto :not_copied
rem One still kept aside: an earlier run was interrupted, what it had made is not whole.
if exist "%OLD%\" call :roll_back
if exist "%NEW%\" ren "%NEW%" python.old 2>nul
if exist "%NEW%\" goto :in_use
call :tell wait "Installing. This takes some minutes, please wait."
if not exist "python\python.exe" goto :find_python

"%SYSTEM%\robocopy.exe" "python" "%NEW%" /e /r:1 /w:1 /np /nfl /ndl /njh /njs >nul
if errorlevel 8 goto :not_copied
set "PY=%NEW%\python.exe"
if not exist "%PY%" goto :not_copied
goto :unblock

:find_python
set "PYCMD="
set "FITS=import sys,sysconfig;sys.exit(not(sys.version_info[:2] in((3,11),(3,12),(3,13))and sysconfig.get_platform()=='win-amd64'and'windowsapps'not in sys.base_prefix.lower()))"
for %%V in (3.13 3.12 3.11) do if not defined PYCMD py.exe -%%V -c "%FITS%" >nul 2>nul && set "PYCMD=py.exe -%%V"
if not defined PYCMD python.exe -c "%FITS%" >nul 2>nul && set "PYCMD=python.exe"
if not defined PYCMD goto :no_python
%PYCMD% -m venv "%NEW%" || goto :not_installed
set "PY=%NEW%\Scripts\python.exe"
if not exist "%PY%" goto :not_installed
"%PY%" -m pip --isolated --disable-pip-version-check --no-input install --quiet --no-warn-script-location --no-index --find-links wheels "perfgoals-xl[page]" || goto :not_installed

:unblock
rem Windows marks what comes out of a downloaded zip; where this fails it mostly works all the same.
if exist "%POWERSHELL%" "%POWERSHELL%" -NoProfile -NonInteractive -Command "Get-ChildItem -LiteralPath $env:NEW -Recurse -File | Unblock-File" >nul 2>nul
rem Excel starts Python without leave to write compiled files: without them each start is slow.
if exist "%NEW%\Lib\site-packages" "%PY%" -m compileall -q -x "[\\/]tests[\\/]" "%NEW%\Lib\site-packages" >nul 2>nul
"%PY%" -P -m perfgoals_xl addin install || goto :not_added
copy /y "uninstall.cmd" "%ROOT%\" >nul
copy /y "perfgoals.cmd" "%ROOT%\" >nul
if exist "*.html" copy /y "*.html" "%ROOT%\" >nul
"%SYSTEM%\robocopy.exe" "messages" "%ROOT%\messages" /e /r:1 /w:1 /np /nfl /ndl /njh /njs >nul
rem By another name first, so that what cannot be deleted is not taken for one kept aside.
if exist "%ROOT%\python.gone\" rmdir /s /q "%ROOT%\python.gone" 2>nul
if exist "%OLD%\" ren "%OLD%" python.gone
if exist "%ROOT%\python.gone\" rmdir /s /q "%ROOT%\python.gone" 2>nul
echo.
"%PY%" -P -m perfgoals_xl addin doctor || goto :fault
call :tell done "Done. Open Excel: there is a new tab. Or right-click a file, Send to; or use the icon on the desktop."
popd
if not defined QUIET pause
exit /b 0

:fault
call :tell fault "Installed, but the check above found something: do what it says."
goto :end_failed

:not_added
call :roll_back
call :tell not_added "Not installed: the line above says why. Nothing was changed."
goto :end_failed

:not_installed
call :roll_back
call :tell not_installed "Not installed: the packages could not be installed into Python. Nothing was changed."
goto :end_failed

:not_copied
call :roll_back
call :tell not_copied "Not installed: the files could not be copied. Is the disk full?"
goto :end_failed

:no_python
call :roll_back
call :tell no_python "Not installed: no Python 3.11, 3.12 or 3.13 (64 bit) on this PC. Ask for the bundle with Python inside."
goto :end_failed

:in_use
call :tell in_use "Not installed: the older version is in use. Close Excel and the page, log off and on, try again."
goto :end_failed

:no_profile
call :tell no_profile "Not installed: LOCALAPPDATA is not set for this user."
goto :end_failed

:inside_zip
rem Opened inside the zip, Windows takes out this one file and no messages: they come as escapes.
echo.
echo Not installed: unpack the whole zip file first, then run install.cmd in the unpacked folder.
if exist "%POWERSHELL%" "%POWERSHELL%" -NoProfile -NonInteractive -Command "Write-Host ([regex]::Unescape('\u8fd8\u6ca1\u6709\u5b89\u88c5\uff1a\u8bf7\u5148\u628a\u6574\u4e2a\u538b\u7f29\u5305\u89e3\u538b\u5230\u4e00\u4e2a\u6587\u4ef6\u5939\uff0c\u518d\u53cc\u51fb\u91cc\u9762\u7684 install.cmd\u3002'))" 2>nul
goto :end_failed

:no_folder
echo Not installed: this folder cannot be opened: "%~dp0"
if not defined QUIET pause
exit /b 1

:end_failed
popd
if not defined QUIET pause
exit /b 1

:roll_back
if exist "%NEW%\" rmdir /s /q "%NEW%"
if exist "%OLD%\" if not exist "%NEW%\" ren "%OLD%" python
exit /b 0

:tell
echo.
echo %~2
if exist "messages\%~1.txt" type "messages\%~1.txt"
exit /b 0
