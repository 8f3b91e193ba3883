"""The sheets of our own that staff type on: 校验规则, 校验结果, 封面."""
