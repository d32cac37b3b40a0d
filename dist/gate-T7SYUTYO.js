import{u as o}from"./chunk-FGFX4VYA.js";import"./chunk-HMLVIZHF.js";import"./chunk-SQE76S5B.js";export{o as runGate};
