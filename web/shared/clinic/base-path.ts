/** What the paths of the page's clinic begin with: `/c/` and its code, or nothing for the default clinic. */
export const basePath = /^\/c\/[^/]+/.exec(location.pathname)?.[0] ?? "";
