@echo off
cd /d C:\auditor
auditor nightly --quiet 2>>nightly.log
