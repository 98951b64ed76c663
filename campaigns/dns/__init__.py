"""What DNS says about a domain that this site writes from.

lookups   asking, with a limit on waiting
policies  SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489), MX and PTR: right or not, and what to publish
"""
