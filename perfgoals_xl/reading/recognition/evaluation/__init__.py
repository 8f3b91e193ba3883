"""What a 自评表 or a 监控表 says besides what a declaration does."""
