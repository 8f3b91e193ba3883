@echo off
rem The command perfgoals of the Python beside this file: perfgoals validate FILE, for example.
setlocal EnableExtensions DisableDelayedExpansion
set "PY=%~dp0python\python.exe"
if not exist "%PY%" set "PY=%~dp0python\Scripts\python.exe"
"%PY%" -P -m perfgoals_xl %*
