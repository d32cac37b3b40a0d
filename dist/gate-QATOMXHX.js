import{u as o}from"./chunk-5672CLDY.js";import"./chunk-P3RJSISE.js";import"./chunk-SQE76S5B.js";export{o as runGate};
