"""自评表 and 监控表 made from a declaration: points handed out, everything else live in Excel."""
