import{u as o}from"./chunk-AXV24NKA.js";import"./chunk-MSVQBIJC.js";import"./chunk-SQE76S5B.js";export{o as runGate};
