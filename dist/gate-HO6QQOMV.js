import{u as o}from"./chunk-UU3R6FF7.js";import"./chunk-ZNHZRVXC.js";import"./chunk-SQE76S5B.js";export{o as runGate};
