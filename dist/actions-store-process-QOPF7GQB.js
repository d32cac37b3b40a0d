import"./chunk-SQE76S5B.js";var o=new URL("./actions-store-process.js",import.meta.url).href;export{o as location};
