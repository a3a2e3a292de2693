"""The PostgreSQL that comes along, for everybody who has none of their own.

Its life: a command attaches (``leases.attach``) and the server is started if none runs; the last command to
detach stops it, unless ``hoistscraper db start`` asked for it to stay. Nothing depends on process numbers:
three file locks in the database's folder, which the kernel lets go of when their holders die, say everything.

``starting.lock``  held for the moment of starting or stopping, and by an ``initdb`` that outlives its command
``users.lock``     shared by all commands that are attached
``server.lock``    inherited by every process of the server, so that it is free only when none is left
"""
