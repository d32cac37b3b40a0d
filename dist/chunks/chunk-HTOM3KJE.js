import{a as o}from"./chunk-DCANE7XH.js";var t=o((i,e)=>{e.exports=process.getBuiltinModule("node:util")});export{t as a};
