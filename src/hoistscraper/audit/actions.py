"""What can be done that is worth remembering. Reading is not."""

from enum import StrEnum


class Action(StrEnum):
    """Named by the thing and what was done to it."""

    WEBSITE_ADD = "website.add"
    WEBSITE_CHANGE = "website.change"
    WEBSITES_CHANGE = "website.change-many"
    WEBSITE_REMOVE = "website.remove"
    WEBSITES_IMPORT = "website.import"
    WEBSITE_ACCEPT = "website.accept"
    WEBSITE_RECIPE_FORGET = "website.forget-recipe"
    JOB_ASK = "job.ask"
    JOB_CANCEL = "job.cancel"
    JOB_RETRY = "job.retry"
    SETTING_CHANGE = "setting.change"
    CREDENTIAL_SET = "credential.set"
    CREDENTIAL_REMOVE = "credential.remove"
    CREDENTIAL_KEY_ROTATE = "credential.rotate-key"
    USER_ADD = "user.add"
    USER_INVITE = "user.invite"
    USER_UNINVITE = "user.uninvite"
    USER_RESET_LINK = "user.reset-link"
    USER_CHANGE = "user.change"
    USER_REMOVE = "user.remove"
    USER_PASSWORD = "user.password"  # noqa: S105 - the name of what was done
    TOKEN_ADD = "token.add"  # noqa: S105
    TOKEN_REMOVE = "token.remove"  # noqa: S105
    BACKUP_MAKE = "backup.make"
    DATABASE_RESTORE = "database.restore"
    SESSION_END = "session.end"
    SIGN_IN = "sign-in.ok"
    SIGN_IN_FAILED = "sign-in.failed"
