/** The package brings no types of its own: these are of what is used here. */
declare module 'ml-regression' {
  /** Least squares: y ≈ Σ coefficients[n] × xⁿ. */
  export class PolynomialRegression {
    constructor(x: readonly number[], y: readonly number[], degree: number);
    readonly coefficients: readonly number[];
  }
}
