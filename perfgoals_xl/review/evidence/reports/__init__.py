"""What a 自评表 and a 监控表 say: forms with their lines, results, reasons, sums."""
