import{u as o}from"./chunk-OTEAEGWP.js";import"./chunk-FMNBV2Q7.js";import"./chunk-SQE76S5B.js";export{o as runGate};
