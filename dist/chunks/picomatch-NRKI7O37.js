import{a}from"./chunk-LB27BPJA.js";import"./chunk-DCANE7XH.js";export default a();
