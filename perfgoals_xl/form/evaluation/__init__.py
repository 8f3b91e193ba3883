"""The words, columns and points of the year's other forms: 自评表 and 监控表."""
