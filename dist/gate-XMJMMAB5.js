import{u as o}from"./chunk-I7S42THF.js";import"./chunk-VNEM4GZD.js";import"./chunk-SQE76S5B.js";export{o as runGate};
