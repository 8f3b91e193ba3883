"""The bureau's return letters (审核意见): a Word document for every department."""
