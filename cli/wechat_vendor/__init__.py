"""WeChat to try the channel with: behaves as the vendor's server, on this machine.

Its cryptography is wechatpy's and none of the adapter's, so that the two check each other.
"""
