"""自评表 and 监控表 as many places lay them out, read to the cell."""
