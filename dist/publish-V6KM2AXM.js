import{j as o,k as r,l as m,m as p}from"./chunk-ZV2BM4GF.js";import"./chunk-VMLPZILD.js";import"./chunk-SQE76S5B.js";export{m as print,p as printError,o as publish,r as publishError};
