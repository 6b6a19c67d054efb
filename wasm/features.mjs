/** What Binaryen may use: WebAssembly as every supported browser has it. */
export const features = ['--mvp-features', '--enable-mutable-globals', '--enable-sign-ext', '--enable-bulk-memory'];
