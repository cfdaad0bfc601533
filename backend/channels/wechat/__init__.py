"""WeChat Official Accounts: in by signed webhooks, out over the vendor's API.

https://developers.weixin.qq.com/doc/service/guide/
"""
