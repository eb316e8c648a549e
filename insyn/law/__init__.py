"""Does a plan comply with the law, with recommendations and with its own goals? One function per check, on values only.

A check examines what the plan states, and says so if the plan doesn't state enough. No check rules on whether a
decision is lawful: that is for a court (28 § lag 2003:1210).
"""
