function r(e){throw new TypeError(`unexpected value: ${JSON.stringify(e)}`)}export{r as a};
