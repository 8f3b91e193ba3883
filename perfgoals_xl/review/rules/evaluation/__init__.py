"""The rules about 自评表 and 监控表 (family Z)."""
