import{u as o}from"./chunk-TF3B2T3S.js";import"./chunk-6D3C4QP6.js";import"./chunk-SQE76S5B.js";export{o as runGate};
