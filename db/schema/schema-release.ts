/**
 * The version of the tables and functions that this code was made for, and the oldest version of the code that they still
 * serve. A change that older code cannot work with raises both; any other change of the database raises the first.
 */
export const schemaRelease = { version: 2, servesFrom: 1 } as const;
