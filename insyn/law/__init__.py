"""Does a plan keep to law, to recommendation and to its own goals? One function for each check; values in, values out.

A check looks at what the plan says, and says so when the plan doesn't say enough. None of them decides whether a
decision is lawful: that is for a court (28 § lag 2003:1210).
"""
