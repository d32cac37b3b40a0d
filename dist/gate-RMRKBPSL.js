import{G as o}from"./chunk-VMLPZILD.js";import"./chunk-SQE76S5B.js";export{o as runGate};
