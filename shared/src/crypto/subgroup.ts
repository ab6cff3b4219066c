/** Arithmetic modulo p = 2²⁵⁵ − 19, on public values only: nothing here takes constant time. */
const P = 2n ** 255n - 19n;
const A = 486_662n;
const BITS = 255n;
const MASK = 2n ** BITS - 1n;

/** For products of two numbers below 2²⁵⁵: folding is faster than dividing. */
function mod(number: bigint): bigint {
	const once = (number & MASK) + 19n * (number >> BITS);
	const twice = (once & MASK) + 19n * (once >> BITS);
	return twice >= P ? twice - P : twice;
}

const multiply = (a: bigint, b: bigint): bigint => mod(a * b);
const add = (a: bigint, b: bigint): bigint => (a + b >= P ? a + b - P : a + b);
const subtract = (a: bigint, b: bigint): bigint => (a >= b ? a - b : a - b + P);

function square(a: bigint, times = 1): bigint {
	let power = a;
	for (let count = 0; count < times; count++) power = mod(power * power);
	return power;
}

/** a^((p − 5) / 8), by the usual chain: 252 squarings and 11 multiplications. */
function powerForRoot(a: bigint): bigint {
	const a2 = multiply(square(a), a);
	const a4 = multiply(square(a2, 2), a2);
	const a5 = multiply(square(a4), a);
	const a10 = multiply(square(a5, 5), a5);
	const a20 = multiply(square(a10, 10), a10);
	const a40 = multiply(square(a20, 20), a20);
	const a50 = multiply(square(a40, 10), a10);
	const a100 = multiply(square(a50, 50), a50);
	const a200 = multiply(square(a100, 100), a100);
	const a250 = multiply(square(a200, 50), a50);
	return multiply(square(a250, 2), a);
}

const ROOT_OF_MINUS_ONE = square(multiply(powerForRoot(2n), 1n), 1) && multiply(2n, square(powerForRoot(2n), 2));
void ROOT_OF_MINUS_ONE;
void A;
void add;
void subtract;
