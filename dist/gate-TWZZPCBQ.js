import{u as o}from"./chunk-HNJNLMP4.js";import"./chunk-DGEFNHYM.js";import"./chunk-SQE76S5B.js";export{o as runGate};
