/** Vite makes a file of its own of an imported stylesheet. */
declare module "*.css";
