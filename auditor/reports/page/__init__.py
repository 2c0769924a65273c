"""The report as one web page that asks nobody for anything: it opens from a disk, offline."""
