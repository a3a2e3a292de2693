"""The drill: lose a machine, damage backups, fill disks, kill programs; see whether anything is lost."""
