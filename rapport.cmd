@echo off
rem The command line of Rapport. Installs and builds what is missing first; works from any folder.
where node >nul 2>nul || (echo Rapport needs Node 18 or newer to start: https://nodejs.org 1>&2 & exit /b 1)
node "%~dp0tools\rapport.mjs" %*
exit /b %errorlevel%
