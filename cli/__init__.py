"""The `yingsheng` command: one module per group of commands, all wording in messages.zh-CN.yml."""
