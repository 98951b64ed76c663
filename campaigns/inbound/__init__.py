"""What mail servers and readers' providers write back: bounces, delays, complaints.

reports    what one mail says: RFC 3464, RFC 5965, or the forms of old servers
reading    whose delivery it is about, written down once
mailboxes  where such mails are fetched: IMAP, maildir
"""
