/** A token that we do not accept: malformed, expired, revoked, of another key, issuer, audience or clinic. */
export class TokenError extends Error {}

/** A cookie that a page of somebody else made the browser send. */
export class ForeignPage extends Error {}

/** Something that is needed to check a token is missing: the provider's keys, or which sessions were revoked. */
export class CannotVerify extends Error {}
