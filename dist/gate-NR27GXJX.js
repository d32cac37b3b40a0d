import{u as o}from"./chunk-3M6N4E5S.js";import"./chunk-EJEOD5SM.js";import"./chunk-SQE76S5B.js";export{o as runGate};
