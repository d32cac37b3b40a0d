import{c as o}from"./chunk-EPXOE4VI.js";var s=o((p,e)=>{e.exports=process.getBuiltinModule("node:process")});export{s as a};
