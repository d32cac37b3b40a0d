import{a as o}from"./chunk-DCANE7XH.js";var s=o((p,e)=>{e.exports=process.getBuiltinModule("node:process")});export{s as a};
