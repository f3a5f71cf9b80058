declare module "*.css" { const words: string; export default words; }
