import{u as o}from"./chunk-TZGUTCSK.js";import"./chunk-ID537RK4.js";import"./chunk-SQE76S5B.js";export{o as runGate};
